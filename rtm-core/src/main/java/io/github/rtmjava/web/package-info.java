/** The one way to web servers: files of models, pictures, and where videos are. */
@NullMarked
package io.github.rtmjava.web;

import org.jspecify.annotations.NullMarked;
