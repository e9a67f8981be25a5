import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { TrustInspection } from '../../contract/schema/trust-inspection.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { expectGivenFile } from '../given-file.ts';
import { printable } from '../terminal/printable.ts';
import { groupedDigest, localTime, mark } from '../terminal/style.ts';

/** trust inspect: what a file is, before it is pinned. */
export function addTrustInspect(trust: Command): void {
  trust
    .command('inspect')
    .argument('<file>', 'a certificate or public key (PEM or DER)')
    .description('what a certificate or key is before it is pinned, and what speaks against it; changes nothing')
    .action(async (path: string, _options: object, command: Command) => {
      expectGivenFile(path);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const inspection = await run.call('trust.inspect', { path: resolve(path) });
        run.print(inspection, () => describe(inspection));
      });
    });
}

function describe(inspection: TrustInspection): string {
  const { isPinned, warnings } = inspection;
  return [
    ...(inspection.kind === 'certificate'
      ? [
          `Certificate of ${printable(inspection.subject)}`,
          `  issued by ${printable(inspection.issuer)}`,
          `  valid ${localTime(inspection.notBefore)} to ${localTime(inspection.notAfter)}; key ${inspection.key ?? 'of a kind that Drydock does not use'}`,
          `  SHA-256 ${groupedDigest(inspection.fingerprintSha256)}`,
        ]
      : [`Public key, ${inspection.key}`, `  SHA-256 ${groupedDigest(inspection.keySha256)}`]),
    ...(isPinned ? ['  It is pinned already.'] : []),
    ...warnings.map(({ reason }) => `  ${mark.warning()} ${printable(reason)}`),
  ].join('\n');
}
