/** What a service is started with. */
@NullMarked
package io.github.rtmjava.server.config;

import org.jspecify.annotations.NullMarked;
