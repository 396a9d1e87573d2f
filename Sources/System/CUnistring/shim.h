#include <stddef.h>
#include <stdint.h>
#include <uninorm.h>

// UNINORM_NFKC is the address of a constant, which Swift does not import. The caller frees the result.
static inline uint8_t *concord_nfkc(const uint8_t *bytes, size_t count, size_t *outCount) {
    return u8_normalize(UNINORM_NFKC, bytes, count, NULL, outCount);
}
