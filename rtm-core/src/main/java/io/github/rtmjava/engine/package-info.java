/**
 * How networks run: the service-provider interface that engines implement, and the choice between
 * them.
 */
@NullMarked
package io.github.rtmjava.engine;

import org.jspecify.annotations.NullMarked;
