/** Videos that are worked on while nobody waits at the other end of a connection. */
@NullMarked
package io.github.rtmjava.server.jobs;

import org.jspecify.annotations.NullMarked;
