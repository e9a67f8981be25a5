/** Refusals of the MCUboot image reader. Code → the check that it names. */
export const mcubootErrors = {
  'mcuboot.header-invalid': 'The file starts with a complete MCUboot image header.',
  'mcuboot.tlv-invalid': 'The image is followed by complete, well-formed TLV areas.',
  'mcuboot.trailer-present': 'The image carries no boot trailer, which would skip the test boot.',
  'mcuboot.trailing-bytes': 'Nothing follows the last TLV of the image.',
  'mcuboot.counter-invalid': 'The security counter stands once, with four bytes, in the protected TLV area.',
  'mcuboot.dependency-invalid':
    'Each dependency has its 12 bytes, names an image 0 to 15, and stands in the protected TLV area.',
  'mcuboot.tlv-unprotected': 'Outside the protected TLV area stand hash, key, signature and encryption TLVs only.',
  'mcuboot.encrypted': "The image is not encrypted, so that its hash can be checked outside the unit's boot loader.",
  'mcuboot.hash-missing': 'The image carries exactly one hash TLV of a known length.',
  'mcuboot.hash-mismatch': 'The hash TLV is the hash of the image.',
  'mcuboot.signature-missing': 'The image carries a signature TLV.',
  'mcuboot.algorithm-unsupported': 'The signature TLV is of an algorithm that Drydock verifies.',
  'mcuboot.key-unknown': "The image names one of the product's image keys.",
  'mcuboot.signature-invalid': 'The signature TLV verifies under the image key.',
} as const;
