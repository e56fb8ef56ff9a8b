/**
 * The examples of docs/testing.md: a small application, and its tests.
 */
@NullMarked
package com.acme.shop;

import org.jspecify.annotations.NullMarked;
