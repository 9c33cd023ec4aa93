/** How much is taken in at a time, and what is refused. */
@NullMarked
package io.github.rtmjava.server.load;

import org.jspecify.annotations.NullMarked;
