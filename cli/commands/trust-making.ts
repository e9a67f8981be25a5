import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { packageLimits } from '../../core/trust/package/package-document.ts';
import { makeTrustPackage } from '../../core/trust/package/make-package.ts';
import { readTrustPackage } from '../../core/trust/package/read-package.ts';
import { verifyFirstPackage, verifyNextPackage } from '../../core/trust/package/verify-package.ts';
import { unwrap, type GlobalOptions } from '../command-run.ts';
import { readGivenFile, writeNewFile } from '../given-file.ts';
import { groupedDigest, mark } from '../terminal/style.ts';

/** trust make, check: for those who make trust packages; they need no station. */
export function addTrustMaking(trust: Command): void {
  trust
    .command('make')
    .argument('<description.json>', 'docs/trust-package.md tells its fields; paths in it are relative to it')
    .argument('<trust.json>', 'the package to sign, a new file')
    .description('make a trust package from certificates, keys and lists; the same input gives the same bytes')
    .action((description: string, out: string, _options: object, command: Command) => {
      const folder = dirname(resolve(description));
      const made = unwrap(makeTrustPackage(readGivenFile(description), (path) => readGivenFile(resolve(folder, path))));
      const { sha256, family, version } = made.package;
      writeNewFile(out, made.document);
      print(
        command,
        { family, version, sha256 },
        () =>
          `${mark.passed()} ${out} is version ${version} of ${family}, and not signed yet.\n  SHA-256 ${groupedDigest(sha256)}`,
      );
    });

  trust
    .command('check')
    .argument('<trust.json>', 'the package; its signature lies beside it as .p7s')
    .description('verify a signed trust package as a station would, before it is handed out')
    .option('--after <trust.json>', 'the package before it; without this it is judged as a first one')
    .action((path: string, { after }: { after?: string }, command: Command) => {
      const read = (file: string): Buffer => readGivenFile(file, packageLimits.documentBytes);
      const signature = readGivenFile(path.replace(/(?:\.json)?$/, '.p7s'), packageLimits.signatureBytes);
      const input = { document: read(path), signature, crlsDer: [], at: new Date() };
      const verified = unwrap(
        after === undefined
          ? verifyFirstPackage(input, 0)
          : verifyNextPackage(input, unwrap(readTrustPackage(read(after)))),
      );
      const { sha256, family, version } = verified.package;
      const signers = verified.signers.map(({ subject }) => subject);
      print(
        command,
        { family, version, sha256, signers },
        () =>
          `${mark.passed()} Version ${version} of ${family}, signed by ${signers.join('; ')}.\n  SHA-256 ${groupedDigest(sha256)}`,
      );
    });
}

function print(command: Command, value: unknown, text: () => string): void {
  const { json } = command.optsWithGlobals<GlobalOptions>();
  process.stdout.write(json === true ? `${JSON.stringify(value, null, 2)}\n` : `${text()}\n`);
}
