import { constants, createHash, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { type DigestName, digestLenBytes } from './algorithm.ts';
import { contextConstructed, tag } from './der/tag.ts';
import { unwrap } from './der/read-strictly.ts';
import {
  writeDer,
  writeNull,
  writeOctets,
  writeOid,
  writeSequence,
  writeSetOf,
  writeSmallInteger,
  writeTime,
} from './der/write-der.ts';
import { oid } from './oid.ts';
import type { PublicKeyKind } from './public-key.ts';
import { type Certificate, parseCertificate } from './x509/certificate.ts';
import { sameBytes } from './x509/name.ts';

export interface CmsSigner {
  readonly privateKey: KeyObject;
  readonly certificateDer: Uint8Array;
  /** Sign with RSASSA-PSS where the key is RSA (default true; false is RSASSA-PKCS1-v1_5). */
  readonly usePss?: boolean;
}

export interface CmsSigningInput {
  /** The exact bytes to sign; they do not go into the result. */
  readonly content: Uint8Array;
  readonly signers: readonly CmsSigner[];
  /** Intermediate certificates to send along. */
  readonly chainDer?: readonly Uint8Array[];
  /** CRLs to send along, so that an offline station can check intermediates. */
  readonly crlsDer?: readonly Uint8Array[];
  readonly signingTime: Date;
}

/**
 * Detached CMS SignedData in DER (RFC 5652 §5) with the signed attributes content-type, message-digest, signing-time and
 * signing-certificate-v2. ECDSA P-256 with SHA-256, P-384 with SHA-384, Ed25519 with SHA-512 (RFC 8419), RSA with SHA-256. Throws where a
 * certificate is not parseable (`RefusalError`) or is not the private key's.
 */
export function signCms(input: CmsSigningInput): Buffer {
  const signed = input.signers.map((signer) => signAs(signer, input));
  const certificates = uniqueBuffers([
    ...input.signers.map(({ certificateDer }) => certificateDer),
    ...(input.chainDer ?? []),
  ]);
  const crls = uniqueBuffers(input.crlsDer ?? []);
  const signedData = writeSequence(
    writeSmallInteger(1),
    writeSetOf(uniqueBuffers(signed.map(({ digestAlgorithm }) => digestAlgorithm))),
    writeSequence(writeOid(oid.data)),
    writeSetOf(certificates, contextConstructed(0)),
    ...(crls.length === 0 ? [] : [writeSetOf(crls, contextConstructed(1))]),
    writeSetOf(signed.map(({ signerInfo }) => signerInfo)),
  );
  return writeSequence(writeOid(oid.signedData), writeDer(contextConstructed(0), signedData));
}

interface SigningMethod {
  readonly digest: DigestName;
  readonly signatureAlgorithm: Buffer;
  readonly sign: (message: Uint8Array) => Buffer;
}

function signAs(
  signer: CmsSigner,
  { content, signingTime }: CmsSigningInput,
): { digestAlgorithm: Buffer; signerInfo: Buffer } {
  const certificate = unwrap(parseCertificate(signer.certificateDer));
  const publicKey = unwrap(certificate.publicKey);
  const ownSpki = createPublicKey(signer.privateKey).export({ format: 'der', type: 'spki' });
  if (!sameBytes(ownSpki, publicKey.spkiDer)) throw new TypeError('the certificate is not the one of the private key');

  const method = chooseMethod(signer, publicKey.kind);
  const digestAlgorithm = writeSequence(writeOid(oid[method.digest]));
  const contentDigest = createHash(method.digest).update(content).digest();
  const attributes = [
    writeAttribute(oid.contentType, writeOid(oid.data)),
    writeAttribute(oid.messageDigest, writeOctets(contentDigest)),
    writeAttribute(oid.signingTime, writeTime(signingTime)),
    writeAttribute(oid.signingCertificateV2, writeSigningCertificate(certificate)),
  ];
  const signerInfo = writeSequence(
    writeSmallInteger(1),
    writeSequence(certificate.issuer.raw, writeDer(tag.integer, certificate.serial)),
    digestAlgorithm,
    writeSetOf(attributes, contextConstructed(0)),
    method.signatureAlgorithm,
    writeOctets(method.sign(writeSetOf(attributes))),
  );
  return { digestAlgorithm, signerInfo };
}

function chooseMethod({ privateKey, usePss = true }: CmsSigner, kind: PublicKeyKind): SigningMethod {
  switch (kind.type) {
    case 'ed25519':
      return {
        digest: 'sha512',
        signatureAlgorithm: writeSequence(writeOid(oid.ed25519)),
        sign: (message) => sign(null, message, privateKey),
      };
    case 'ec': {
      const digest = kind.curve === 'P-256' ? 'sha256' : 'sha384';
      const algorithm = kind.curve === 'P-256' ? oid.ecdsaWithSha256 : oid.ecdsaWithSha384;
      return {
        digest,
        signatureAlgorithm: writeSequence(writeOid(algorithm)),
        sign: (message) => sign(digest, message, { key: privateKey, dsaEncoding: 'der' }),
      };
    }
    case 'rsa':
      return usePss ? pssMethod(privateKey) : pkcs1Method(privateKey);
  }
}

function pssMethod(privateKey: KeyObject): SigningMethod {
  const saltLength = digestLenBytes.sha256;
  const hash = writeSequence(writeOid(oid.sha256), writeNull());
  const parameters = writeSequence(
    writeDer(contextConstructed(0), hash),
    writeDer(contextConstructed(1), writeSequence(writeOid(oid.mgf1), hash)),
    writeDer(contextConstructed(2), writeSmallInteger(saltLength)),
  );
  return {
    digest: 'sha256',
    signatureAlgorithm: writeSequence(writeOid(oid.rsassaPss), parameters),
    sign: (message) =>
      sign('sha256', message, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }),
  };
}

function pkcs1Method(privateKey: KeyObject): SigningMethod {
  return {
    digest: 'sha256',
    signatureAlgorithm: writeSequence(writeOid(oid.sha256WithRsa), writeNull()),
    sign: (message) => sign('sha256', message, { key: privateKey, padding: constants.RSA_PKCS1_PADDING }),
  };
}

/** SigningCertificateV2 with one ESSCertIDv2; SHA-256 is the default and left out (RFC 5035 §3, §4). */
function writeSigningCertificate(certificate: Certificate): Buffer {
  const hash = createHash('sha256').update(certificate.der).digest();
  const issuer = writeSequence(writeDer(contextConstructed(4), certificate.issuer.raw));
  const issuerSerial = writeSequence(issuer, writeDer(tag.integer, certificate.serial));
  return writeSequence(writeSequence(writeSequence(writeOctets(hash), issuerSerial)));
}

function writeAttribute(type: string, value: Uint8Array): Buffer {
  return writeSequence(writeOid(type), writeSetOf([value]));
}

function uniqueBuffers(values: readonly Uint8Array[]): Buffer[] {
  return [...new Map(values.map((value) => [Buffer.from(value).toString('hex'), Buffer.from(value)])).values()];
}
