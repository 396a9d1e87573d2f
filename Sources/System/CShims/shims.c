#define _GNU_SOURCE
#include "CShims.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>

static inline uint64_t equal_mask(const uint8_t *block, uint8_t byte) {
    const __m128i wanted = _mm_set1_epi8((char)byte);
    uint64_t mask = 0;
    for (int part = 0; part < 4; part++) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)(block + 16 * part));
        mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted)) << (16 * part);
    }
    return mask;
}
#elif defined(__ARM_NEON)
#include <arm_neon.h>

static inline uint64_t equal_mask(const uint8_t *block, uint8_t byte) {
    static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t wanted = vdupq_n_u8(byte);
    const uint8x16_t weight = vld1q_u8(weights);
    uint64_t mask = 0;
    for (int part = 0; part < 4; part++) {
        const uint8x16_t hits = vandq_u8(vceqq_u8(vld1q_u8(block + 16 * part), wanted), weight);
        const uint64_t low = vaddv_u8(vget_low_u8(hits));
        const uint64_t high = vaddv_u8(vget_high_u8(hits));
        mask |= (low | high << 8) << (16 * part);
    }
    return mask;
}
#else
static inline uint64_t equal_mask(const uint8_t *block, uint8_t byte) {
    uint64_t mask = 0;
    for (int i = 0; i < 64; i++) mask |= (uint64_t)(block[i] == byte) << i;
    return mask;
}
#endif

// Each bit becomes the XOR of itself and all lower bits: 1 inside quotes.
static inline uint64_t prefix_xor(uint64_t bits) {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^= bits << 32;
    return bits;
}

// The block at an offset, padded with zeros where the text ends.
static inline const uint8_t *block_at(const uint8_t *bytes, size_t length, size_t offset, uint8_t *padding) {
    if (offset + 64 <= length) return bytes + offset;
    memset(padding, 0, 64);
    memcpy(padding, bytes + offset, length - offset);
    return padding;
}

size_t concord_index_fields(const uint8_t *bytes, size_t length, uint8_t delimiter, uint32_t *out) {
    uint8_t padding[64];
    uint64_t inside = 0;
    size_t count = 0;
    for (size_t offset = 0; offset < length; offset += 64) {
        const uint8_t *block = block_at(bytes, length, offset, padding);
        const uint64_t quotes = equal_mask(block, '"');
        uint64_t quoted = inside;
        if (quotes != 0) {
            quoted = prefix_xor(quotes) ^ inside;
            inside = (uint64_t)((int64_t)quoted >> 63);
        }
        uint64_t ends = (equal_mask(block, delimiter) | equal_mask(block, '\n')) & ~quoted;
        uint32_t *next = out + count;
        count += (size_t)__builtin_popcountll(ends);
        while (ends != 0) {
            // Four at a time without a branch each; the room past the end is promised.
            for (int i = 0; i < 4; i++) {
                *next++ = (uint32_t)offset + (uint32_t)(ends == 0 ? 0 : __builtin_ctzll(ends));
                ends &= ends - 1;
            }
        }
    }
    return count;
}

size_t concord_last_row_end(const uint8_t *bytes, size_t length, int *is_open) {
    *is_open = 0;
    if (length == 0) return 0;
    if (memchr(bytes, '"', length) == NULL) {
        const uint8_t *last = memrchr(bytes, '\n', length);
        return last == NULL ? 0 : (size_t)(last - bytes) + 1;
    }
    uint8_t padding[64];
    uint64_t inside = 0;
    size_t end = 0;
    for (size_t offset = 0; offset < length; offset += 64) {
        const uint8_t *block = block_at(bytes, length, offset, padding);
        const uint64_t quotes = equal_mask(block, '"');
        uint64_t quoted = inside;
        if (quotes != 0) {
            quoted = prefix_xor(quotes) ^ inside;
            inside = (uint64_t)((int64_t)quoted >> 63);
        }
        const uint64_t feeds = equal_mask(block, '\n') & ~quoted;
        if (feeds != 0) end = offset + 64 - (size_t)__builtin_clzll(feeds);
    }
    *is_open = inside != 0;
    return end;
}
