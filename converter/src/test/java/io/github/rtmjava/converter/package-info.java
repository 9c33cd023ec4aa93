@NullMarked
package io.github.rtmjava.converter;

import org.jspecify.annotations.NullMarked;
