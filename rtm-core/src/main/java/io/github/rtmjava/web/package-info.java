/** What programs that ask web servers have in common. */
@NullMarked
package io.github.rtmjava.web;

import org.jspecify.annotations.NullMarked;
