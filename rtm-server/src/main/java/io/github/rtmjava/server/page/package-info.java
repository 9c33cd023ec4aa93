/** The page with a camera. */
@NullMarked
package io.github.rtmjava.server.page;

import org.jspecify.annotations.NullMarked;
