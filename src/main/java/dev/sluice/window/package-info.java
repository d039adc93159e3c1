/**
 * Windows over the events of one key: which events are looked at together, and what is made of them. State is kept in
 * panes, partial aggregates of a stretch of time, from which the windows are put together; so state outlives a change of
 * the window. Pure: time is an argument, and what is kept can be written to bytes and read again.
 */
@NullMarked
package dev.sluice.window;

import org.jspecify.annotations.NullMarked;
