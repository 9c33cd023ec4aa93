/** What formats of results are, which there are, and what their writers share. */
@NullMarked
package io.github.rtmjava.output.format;

import org.jspecify.annotations.NullMarked;
