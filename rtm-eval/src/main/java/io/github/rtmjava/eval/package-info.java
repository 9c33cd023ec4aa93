/** How close predictions come to annotations: AP and AR by OKS, PCK, AUC, EPE, NME, MPJPE. */
@NullMarked
package io.github.rtmjava.eval;

import org.jspecify.annotations.NullMarked;
