import assert from 'node:assert/strict';
import { readCrlFile } from '../../../core/trust/read-crl-file.ts';
import { parseCrl } from '../../../core/trust/x509/crl.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';
import { derFiles, derWords } from '../support/trust-files.ts';

/** A revocation list, as it is or as the file that a person chooses. */
export const target: FuzzTarget = {
  seeds: () => derFiles('crls'),
  shapes: ['der'],
  dictionary: derWords,
  run(input) {
    const file = readCrlFile(input);
    checkRefusal(file);
    const crl = parseCrl(file.ok ? file.value.crlDer : input);
    checkRefusal(crl);
    if (!crl.ok) return;
    const { revoked, thisUpdate, nextUpdate } = crl.value;
    for (const date of [...revoked.values(), thisUpdate, nextUpdate ?? thisUpdate])
      assert.ok(!Number.isNaN(date.getTime()));
    for (const serial of revoked.keys()) assert.match(serial, /^[0-9a-f]+$/);
  },
};
