import { resolve } from 'node:path';
import type { Command } from 'commander';
import { parsePublicKey } from '../../core/trust/public-key.ts';
import { readPemOrDer, toPem } from '../../core/trust/pem.ts';
import { parseCertificate } from '../../core/trust/x509/certificate.ts';
import { askProof } from '../ask-proof.ts';
import { CommandRun, unwrap, type GlobalOptions } from '../command-run.ts';
import { expectGivenFile, readGivenFile } from '../given-file.ts';
import { groupedDigest, localTime, mark, shortDigest } from '../terminal/style.ts';
import { addTrustVerify } from './trust-verify.ts';
import { UsageError } from '../usage-error.ts';
import { addTrustInspect } from './trust-inspect.ts';
import { addTrustMaking } from './trust-making.ts';
import { addTrustPackage } from './trust-package.ts';

interface PinOptions {
  readonly label: string;
  readonly product: string[];
}

/** trust: packages, pin-anchor, pin-image-key, import-crl, accept-clock, list; verify-chain and verify-cms, which need no station. */
export function addTrust(program: Command): void {
  const trust = program.command('trust').description('what this station trusts (administrator)');
  addTrustPackage(trust);
  addTrustMaking(trust);

  addTrustVerify(trust);
  addTrustInspect(trust);

  trust
    .command('pin-anchor')
    .argument('<certificate>', 'file with the root certificate (PEM or DER)')
    .description(
      'pin a root certificate; its SHA-256 fingerprint is shown and must be typed as you got it by another route',
    )
    .requiredOption('--label <text>', 'what it is, in your words')
    .option('--product <id...>', 'products whose bundles it may sign; * for all', ['*'])
    .action(async (path: string, { label, product }: PinOptions, command: Command) => {
      const { der, sha256Hex } = readCertificate(path);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const typedFingerprint = await askFingerprint(run, 'the certificate', sha256Hex);
        const certificate = toPem('CERTIFICATE', der);
        const anchor = await run.call('trust.pin-anchor', { certificate, label, products: product, typedFingerprint });
        run.print(anchor, () => `${mark.passed()} Pinned ${anchor.subject} until ${localTime(anchor.notAfter)}.`);
      });
    });

  trust
    .command('pin-image-key')
    .argument('<key>', 'file with the public key (PEM or DER)')
    .description('pin a public key with which image signatures of boot loaders are checked')
    .requiredOption('--label <text>', 'what it is, in your words')
    .option('--product <id...>', 'products whose images it signs; * for all', ['*'])
    .action(async (path: string, { label, product }: PinOptions, command: Command) => {
      const { der, sha256Hex } = readPublicKey(path);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const typedFingerprint = await askFingerprint(run, 'the key', sha256Hex);
        const publicKey = toPem('PUBLIC KEY', der);
        const key = await run.call('trust.pin-image-key', { publicKey, label, products: product, typedFingerprint });
        run.print(key, () => `${mark.passed()} Pinned ${key.algorithm} image key ${shortDigest(key.keySha256)}.`);
      });
    });

  trust
    .command('import-crl')
    .argument('<file>', 'the revocation list (DER or PEM)')
    .description('take a certificate revocation list')
    .action(async (path: string, _options: object, command: Command) => {
      expectGivenFile(path);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const crl = await run.call('trust.import-crl', { path: resolve(path) });
        run.print(
          crl,
          () =>
            `${mark.passed()} Revocation list of ${crl.issuer} taken; next update ${crl.nextUpdate === null ? 'not stated' : localTime(crl.nextUpdate)}.`,
        );
      });
    });

  trust
    .command('remove-anchor')
    .argument('<fingerprint>', 'at least its first 8 digits')
    .description('trust a root certificate no longer; bundles under it are refused from then on')
    .action(async (typed: string, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const { anchors } = await run.call('trust.list', {});
        const { fingerprintSha256, label } = findPinned(anchors, (a) => a.fingerprintSha256, typed);
        await confirmByName(run, label);
        const removed = await run.call('trust.remove-anchor', { fingerprintSha256 });
        run.print(removed, () => `${mark.passed()} ${removed.subject} is no longer trusted.`);
      });
    });

  trust
    .command('remove-image-key')
    .argument('<fingerprint>', 'at least its first 8 digits')
    .description('trust an image key no longer; images signed with it are refused from then on')
    .action(async (typed: string, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const { imageKeys } = await run.call('trust.list', {});
        const { keySha256, label } = findPinned(imageKeys, (k) => k.keySha256, typed);
        await confirmByName(run, label);
        const removed = await run.call('trust.remove-image-key', { keySha256 });
        run.print(removed, () => `${mark.passed()} Image key ${removed.label} is no longer trusted.`);
      });
    });

  trust
    .command('accept-clock')
    .description('vouch for the clock after it went more than a day forward, or once ran ahead; asks for your password')
    .requiredOption('--reason <text>', 'what had happened to the clock')
    .action(async ({ reason }: { reason: string }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const { now } = await run.call('trust.accept-clock', { reason, ...(await askProof(run)) });
        run.print({ now }, () => `${mark.passed()} The clock is accepted: ${localTime(now)}.`);
      });
    });

  trust
    .command('list')
    .description('roots and image keys, pinned by hand or brought by a trust package')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const trusted = await run.call('trust.list', {});
        const { anchors, imageKeys, timeFloor } = trusted;
        run.print(trusted, () =>
          [
            anchors.length > 0
              ? 'Trust anchors'
              : 'No trust anchor is pinned: no bundle can be imported. Pin one with: drydock trust pin-anchor',
            ...anchors.map(
              (a) =>
                `  ${shortDigest(a.fingerprintSha256)}  ${a.label}  (${a.subject}) for ${a.products.join(', ')} until ${localTime(a.notAfter)}`,
            ),
            ...(imageKeys.length > 0 ? ['Image keys'] : []),
            ...imageKeys.map(
              (k) => `  ${shortDigest(k.keySha256)}  ${k.label}  (${k.algorithm}) for ${k.products.join(', ')}`,
            ),
            ...(timeFloor === null ? [] : [`No clock before ${localTime(timeFloor)} is trusted.`]),
          ].join('\n'),
        );
      });
    });
}

function findPinned<T>(pinned: readonly T[], digestOf: (item: T) => string, typed: string): T {
  const prefix = typed.replaceAll(/[\s:]/g, '').toLowerCase();
  const matching = /^[0-9a-f]{8,64}$/.test(prefix) ? pinned.filter((item) => digestOf(item).startsWith(prefix)) : [];
  const [found, ...others] = matching;
  if (found === undefined || others.length > 0)
    throw new UsageError(`"${typed}" names ${matching.length} of what is pinned; drydock trust list shows the digits.`);
  return found;
}

/** Danger asks for the thing's name, so that a habit of saying yes removes nothing. */
async function confirmByName(run: CommandRun, label: string): Promise<void> {
  const typed = await run.answers.line(`Type its label, ${label}, to go on`);
  if (typed.trim() !== label) throw new UsageError(`That is not "${label}"; nothing was changed.`);
}

interface PinnedFile {
  readonly der: Uint8Array;
  readonly sha256Hex: string;
}

function readCertificate(path: string): PinnedFile {
  const der = unwrap(readPemOrDer(readGivenFile(path), ['CERTIFICATE']));
  return { der, sha256Hex: unwrap(parseCertificate(der)).fingerprintSha256 };
}

function readPublicKey(path: string): PinnedFile {
  const der = unwrap(readPemOrDer(readGivenFile(path), ['PUBLIC KEY']));
  return { der, sha256Hex: unwrap(parsePublicKey(der)).sha256 };
}

/** Shown and typed back, so that nobody pins by accident; the core compares, not this. */
async function askFingerprint(run: CommandRun, what: string, fingerprint: string): Promise<string> {
  if (!run.wantsJson) process.stderr.write(`SHA-256 of ${what} in this file:\n  ${groupedDigest(fingerprint)}\n`);
  return run.answers.line('Type the fingerprint as you received it from its owner by another route');
}
