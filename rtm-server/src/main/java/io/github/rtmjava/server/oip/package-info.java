/** The Open Inference Protocol (KServe's v2) for the bare networks. */
@NullMarked
package io.github.rtmjava.server.oip;

import org.jspecify.annotations.NullMarked;
