/** What a service counts and measures of itself. */
@NullMarked
package io.github.rtmjava.server.metrics;

import org.jspecify.annotations.NullMarked;
