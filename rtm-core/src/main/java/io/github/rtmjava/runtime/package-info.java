/** Dealings with the process that this library runs in: services, native libraries, closing. */
@NullMarked
package io.github.rtmjava.runtime;

import org.jspecify.annotations.NullMarked;
