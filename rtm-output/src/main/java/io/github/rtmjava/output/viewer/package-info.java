/** One HTML page per recording, in which its people can be turned, played and measured. */
@NullMarked
package io.github.rtmjava.output.viewer;

import org.jspecify.annotations.NullMarked;
