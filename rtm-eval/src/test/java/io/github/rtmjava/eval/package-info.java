/** Tests of the figures against known answers. */
@NullMarked
package io.github.rtmjava.eval;

import org.jspecify.annotations.NullMarked;
