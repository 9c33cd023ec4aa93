@NullMarked
package io.github.rtmjava.image;

import org.jspecify.annotations.NullMarked;
