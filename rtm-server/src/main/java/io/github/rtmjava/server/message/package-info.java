/** What sockets and live answers say about poses. */
@NullMarked
package io.github.rtmjava.server.message;

import org.jspecify.annotations.NullMarked;
