// Small C helpers that Swift cannot express: byte comparison masks by the vector instructions that every
// x86-64 (SSE2) and every 64-bit ARM (NEON) processor has, and a portable form for all others.
#ifndef CONCORD_SHIMS_H
#define CONCORD_SHIMS_H

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>
#endif

// Bit i is set when byte i of the 64 bytes at `bytes` equals `value`. Portable: eight bytes at a time.
static inline uint64_t shim_equal_mask_portable(const uint8_t *bytes, uint8_t value) {
    const uint64_t ones = 0x0101010101010101ULL;
    uint64_t mask = 0;
    for (int part = 0; part < 8; part++) {
        uint64_t word;
        memcpy(&word, bytes + 8 * part, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        word = __builtin_bswap64(word);
#endif
        uint64_t difference = word ^ (ones * value);
        // The top bit of each byte that is zero (exact, no borrow between bytes).
        uint64_t low = difference & (ones * 0x7F);
        uint64_t zero = ~((low + ones * 0x7F) | difference | (ones * 0x7F));
        // Gathers the eight top bits into the top byte.
        mask |= (((zero >> 7) * 0x0102040810204080ULL) >> 56) << (8 * part);
    }
    return mask;
}

// Bit i is set when byte i of the 64 bytes at `bytes` equals `value`.
static inline uint64_t shim_equal_mask(const uint8_t *bytes, uint8_t value) {
#if defined(__SSE2__)
    const __m128i wanted = _mm_set1_epi8((char)value);
    const __m128i *blocks = (const __m128i *)bytes;
    uint64_t a = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(blocks), wanted));
    uint64_t b = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(blocks + 1), wanted));
    uint64_t c = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(blocks + 2), wanted));
    uint64_t d = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(blocks + 3), wanted));
    return a | (b << 16) | (c << 32) | (d << 48);
#elif defined(__aarch64__) && defined(__ARM_NEON)
    const uint8x16_t wanted = vdupq_n_u8(value);
    const uint8x16_t weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t a = vandq_u8(vceqq_u8(vld1q_u8(bytes), wanted), weights);
    uint8x16_t b = vandq_u8(vceqq_u8(vld1q_u8(bytes + 16), wanted), weights);
    uint8x16_t c = vandq_u8(vceqq_u8(vld1q_u8(bytes + 32), wanted), weights);
    uint8x16_t d = vandq_u8(vceqq_u8(vld1q_u8(bytes + 48), wanted), weights);
    uint8x16_t sum = vpaddq_u8(vpaddq_u8(a, b), vpaddq_u8(c, d));
    sum = vpaddq_u8(sum, sum);
    return vgetq_lane_u64(vreinterpretq_u64_u8(sum), 0);
#else
    return shim_equal_mask_portable(bytes, value);
#endif
}

// Bit i of the result is the exclusive or of bits 0…i: set from each opening mark up to before its closing mark.
static inline uint64_t shim_prefix_xor(uint64_t bits) {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^= bits << 32;
    return bits;
}

#endif
