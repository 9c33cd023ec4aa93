/** What a model is: its specification, its weights, and where models come from. */
@NullMarked
package io.github.rtmjava.model;

import org.jspecify.annotations.NullMarked;
