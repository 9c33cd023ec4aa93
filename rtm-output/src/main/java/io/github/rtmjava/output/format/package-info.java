/** Results in the formats of other programs, written as the frames come. */
@NullMarked
package io.github.rtmjava.output.format;

import org.jspecify.annotations.NullMarked;
