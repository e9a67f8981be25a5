import { X509Certificate, createHash, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { groupedDigest, localTime, mark, shortDigest } from '../terminal/style.ts';

interface PinOptions {
  readonly label: string;
  readonly product: string[];
}

/** trust pin-anchor, pin-image-key, import-crl, list. */
export function addTrust(program: Command): void {
  const trust = program.command('trust').description('what this station trusts (administrator)');

  trust
    .command('pin-anchor <certificate>')
    .description(
      'pin a root certificate; its SHA-256 fingerprint is shown and must be typed as you got it on another way',
    )
    .requiredOption('--label <text>', 'what it is, in your words')
    .option('--product <id...>', 'products whose bundles it may sign; * for all', ['*'])
    .action(async (path: string, { label, product }: PinOptions, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const certificate = readFileSync(path, 'utf8');
        const typedFingerprint = await askFingerprint(run, 'the certificate', new X509Certificate(certificate).raw);
        const anchor = await run.call('trust.pin-anchor', { certificate, label, products: product, typedFingerprint });
        run.print(anchor, () => `${mark.passed()} Pinned ${anchor.subject} until ${localTime(anchor.notAfter)}.`);
      });
    });

  trust
    .command('pin-image-key <key>')
    .description('pin a public key with which image signatures of boot loaders are checked (PEM)')
    .requiredOption('--label <text>', 'what it is, in your words')
    .option('--product <id...>', 'products whose images it signs; * for all', ['*'])
    .action(async (path: string, { label, product }: PinOptions, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const publicKey = readFileSync(path, 'utf8');
        const spki = createPublicKey(publicKey).export({ format: 'der', type: 'spki' });
        const typedFingerprint = await askFingerprint(run, 'the key', spki);
        const key = await run.call('trust.pin-image-key', { publicKey, label, products: product, typedFingerprint });
        run.print(key, () => `${mark.passed()} Pinned ${key.algorithm} image key ${shortDigest(key.keySha256)}.`);
      });
    });

  trust
    .command('import-crl <file>')
    .description('take a certificate revocation list')
    .action(async (path: string, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const crl = await run.call('trust.import-crl', { path });
        run.print(
          crl,
          () =>
            `${mark.passed()} Revocation list of ${crl.issuer} taken; next update ${crl.nextUpdate ?? 'not stated'}.`,
        );
      });
    });

  trust
    .command('list')
    .description('pinned anchors and image keys')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const { anchors, imageKeys } = await run.call('trust.list', {});
        run.print({ anchors, imageKeys }, () =>
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
          ].join('\n'),
        );
      });
    });
}

/** Shown and typed back, so that nobody pins by accident; the core compares, not this. */
async function askFingerprint(run: CommandRun, what: string, der: Uint8Array): Promise<string> {
  const fingerprint = createHash('sha256').update(der).digest('hex');
  if (!run.wantsJson) process.stderr.write(`SHA-256 of ${what} in this file:\n  ${groupedDigest(fingerprint)}\n`);
  return run.answers.line('Type the fingerprint as you received it from its owner on another way');
}
