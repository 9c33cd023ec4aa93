/** Keys and certificates of a service. */
@NullMarked
package io.github.rtmjava.server.tls;

import org.jspecify.annotations.NullMarked;
