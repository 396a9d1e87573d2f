#pragma once
#include <stddef.h>
#include <stdint.h>

/// Finds the delimiters and line feeds of delimited text that stand outside double quotes.
///
/// Works on blocks of 64 bytes: comparison masks (SSE2 or NEON, else plain C) and a prefix XOR of the quote mask.
/// @param bytes the text; it must begin outside quotes.
/// @param length its length, at most 2^32 - 1.
/// @param delimiter the byte between fields.
/// @param out positions in ascending order; there must be room for `length + 64`.
/// @return how many positions were written.
size_t concord_index_fields(const uint8_t *bytes, size_t length, uint8_t delimiter, uint32_t *out);

/// The position after the last line feed outside quotes, or 0 when there is none.
/// @param bytes text that begins outside quotes.
/// @param is_open set to 1 when the text ends inside quotes.
size_t concord_last_row_end(const uint8_t *bytes, size_t length, int *is_open);
