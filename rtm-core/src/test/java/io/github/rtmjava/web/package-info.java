@NullMarked
package io.github.rtmjava.web;

import org.jspecify.annotations.NullMarked;
