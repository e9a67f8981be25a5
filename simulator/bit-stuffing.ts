/** After so many ones in a row a transmitter inserts a zero (USB 2.0 §7.1.9). */
const ONES_BEFORE_STUFFING = 6;

/** By the ones before it × 256 + the byte: the ones at its end × 16 + the bits inserted. Bytes travel with their least bit first (§8.1). */
const AFTER_BYTE = Uint8Array.from({ length: ONES_BEFORE_STUFFING * 256 }, (_, index) => {
  let ones = index >> 8;
  let stuffed = 0;
  for (let bit = 0; bit < 8; bit += 1) {
    ones = ((index >> bit) & 1) === 0 ? 0 : ones + 1;
    if (ones < ONES_BEFORE_STUFFING) continue;
    ones = 0;
    stuffed += 1;
  }
  return ones * 16 + stuffed;
});

/**
 * How many bits a transmitter inserts into these bytes. The bound is one in six (§5.11.3 reckons with 7/6 throughout), what compressed or
 * encrypted bytes need is one in 126, and erased flash comes to the bound.
 */
export function countStuffedBits(bytes: Uint8Array): number {
  let ones = 0;
  let stuffed = 0;
  for (const byte of bytes) {
    const after = AFTER_BYTE[ones * 256 + byte] ?? 0;
    ones = after >> 4;
    stuffed += after & 0x0f;
  }
  return stuffed;
}
