import type { Command } from 'commander';
import { addTimestamp, requestTimestamp } from '../../core/bundle/make/timestamp-bundle.ts';
import { unwrap } from '../command-run.ts';
import { expectGivenFile, readGivenFile, writeNewFile } from '../given-file.ts';
import { readWholeNumber } from '../option-value.ts';
import { mark } from '../terminal/style.ts';
import { print } from './bundle-making.ts';

/** bundle timestamp-query, add-timestamp: an authority's word on when a bundle was signed. Drydock itself never asks one. */
export function addBundleTimestamping(bundle: Command): void {
  bundle
    .command('timestamp-query')
    .argument('<bundle>', 'a signed bundle')
    .argument('<query>', 'the request (.tsq), a new file')
    .description('write the request that a time-stamping authority (RFC 3161) answers for a bundle’s signature')
    .option(
      '--signer <number>',
      'which signer’s signature, from 1; needed where the bundle has several',
      readWholeNumber(1, 16),
    )
    .action(async (path: string, query: string, options: { signer?: number }, command: Command) => {
      expectGivenFile(path);
      const request = unwrap(await requestTimestamp(path, options.signer));
      writeNewFile(query, request);
      print(command, { query }, () =>
        [
          `${mark.passed()} ${query} is the request. Send it to an authority, for example with`,
          `  curl --data-binary @${query} -H 'Content-Type: application/timestamp-query' -o answer.tsr <address of the authority>`,
          'and put its answer into the bundle with drydock bundle add-timestamp.',
        ].join('\n'),
      );
    });

  bundle
    .command('add-timestamp')
    .argument('<bundle>', 'the signed bundle that the request was made for')
    .argument('<out>', 'the bundle with the timestamp, a new file')
    .argument('<answer>', 'what the authority sent (.tsr), or the token alone')
    .description('put a timestamp beside the signature that it is about')
    .action(async (path: string, out: string, answer: string, _options: object, command: Command) => {
      expectGivenFile(path);
      const made = unwrap(await addTimestamp(path, out, readGivenFile(answer)));
      print(command, made, () => `${mark.passed()} ${out} carries the timestamp.`);
    });
}
