/**
 * Blocks that read like the papers: CSPNeXt, PAFPN, GAU, each written in operations of the graph.
 */
@NullMarked
package io.github.rtmjava.nn.block;

import org.jspecify.annotations.NullMarked;
