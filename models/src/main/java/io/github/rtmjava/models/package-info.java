/** The model zoo. */
@NullMarked
package io.github.rtmjava.models;

import org.jspecify.annotations.NullMarked;
