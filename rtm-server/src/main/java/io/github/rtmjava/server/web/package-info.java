/** What every request goes through: who may ask, how errors are answered, how bodies are read. */
@NullMarked
package io.github.rtmjava.server.web;

import org.jspecify.annotations.NullMarked;
