import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { type CmsSigner, signCms } from '../../../core/trust/sign-cms.ts';
import { verifyFile } from './support/cms-case.ts';
import { certificate, crl, fixtureFile, privateKeyPem } from './support/fixture.ts';

const content = fixtureFile('cms/content.bin');
const signingTime = new Date('2026-11-22T08:59:58.765Z');

function signerOf(certificateName: string, key: string, usePss?: boolean): CmsSigner {
  const signer = { privateKey: createPrivateKey(privateKeyPem(key)), certificateDer: certificate(certificateName) };
  return usePss === undefined ? signer : { ...signer, usePss };
}

const cases = [
  { title: 'ECDSA P-256', signer: signerOf('leaf', 'leaf'), root: 'root', judge: 'openssl' },
  { title: 'ECDSA P-384', signer: signerOf('leaf384', 'leaf384'), root: 'root384', judge: 'openssl' },
  { title: 'RSASSA-PSS', signer: signerOf('signerrsa', 'rsa3072'), root: 'root', judge: 'openssl' },
  { title: 'RSASSA-PKCS1-v1_5', signer: signerOf('signerrsa', 'rsa3072', false), root: 'root', judge: 'openssl' },
  { title: 'Ed25519', signer: signerOf('leafed', 'leafed'), root: 'rooted', judge: 'certtool' },
] as const;

for (const { title, signer, root, judge } of cases) {
  const chainDer = root === 'root' ? [certificate('ica')] : [];

  test(`REQ-OTA-SIG-01 signs with ${title} what verifyCms accepts`, () => {
    const result = verifyFile(signCms({ content, signers: [signer], chainDer, signingTime }));
    assert.ok(result.ok, result.ok ? '' : result.reason);
    assert.equal(result.signers[0]?.signingTime?.toISOString(), '2026-11-22T08:59:58.000Z');
  });

  test(`REQ-OTA-SIG-01 signs with ${title} what ${judge} accepts`, (t) => {
    if (!isInstalled(judge, t)) return;
    withFolder((folder) => {
      const cms = signCms({ content, signers: [signer], chainDer, signingTime });
      writeFileSync(join(folder, 'signature.der'), cms);
      writeFileSync(join(folder, 'content.bin'), content);
      writeFileSync(join(folder, 'root.pem'), fixtureFile(`certs/${root}.pem`));
      const run = judge === 'openssl' ? runOpenssl(folder) : runCerttool(folder);
      assert.equal(run.status, 0, `${run.stdout}${run.stderr}`);
    });
  });
}

test('REQ-OTA-SIG-03 signs for two keys at once', () => {
  const signers = [signerOf('leaf', 'leaf'), signerOf('signer2', 'leaf2')];
  const result = verifyFile(signCms({ content, signers, chainDer: [certificate('ica')], signingTime }), {
    threshold: 2,
  });
  assert.ok(result.ok, result.ok ? '' : result.reason);
});

test('REQ-OTA-SIG-02 sends revocation lists along', () => {
  const cms = signCms({
    content,
    signers: [signerOf('leaf', 'leaf')],
    chainDer: [certificate('ica')],
    crlsDer: [crl('ica-revokes-leaf')],
    signingTime,
  });
  const result = verifyFile(cms);
  assert.equal(result.ok ? 'accept' : result.code, 'trust.revoked');
});

test('REQ-OTA-SIG-02 no revocation list in the file outweighs a newer one, or a complete one, of the station', () => {
  const withLists = (sent: string, stored: string) =>
    verifyFile(
      signCms({
        content,
        signers: [signerOf('leaf', 'leaf')],
        chainDer: [certificate('ica')],
        crlsDer: [crl(sent)],
        signingTime,
      }),
      { crlsDer: [crl(stored)] },
    );
  for (const sent of ['ica-older', 'ica-empty', 'ica-later-ca', 'ica-later-reasons']) {
    const result = withLists(sent, 'ica-revokes-leaf');
    assert.equal(result.ok ? 'accept' : result.code, 'trust.revoked', sent);
  }
  assert.ok(withLists('ica-later', 'ica-revokes-leaf').ok);
});

test('REQ-OTA-SIG-01 does not sign under the certificate of another key', () => {
  assert.throws(
    () => signCms({ content, signers: [signerOf('leaf', 'other')], signingTime }),
    /not the one of the private key/,
  );
});

test('REQ-OTA-SIG-01 writes a signing time from 2050 on as GeneralizedTime (RFC 5652 §11.3)', () => {
  const late = new Date('2051-02-03T04:05:06Z');
  const result = verifyFile(
    signCms({ content, signers: [signerOf('leaf', 'leaf')], chainDer: [certificate('ica')], signingTime: late }),
  );
  assert.ok(result.ok, result.ok ? '' : result.reason);
  assert.deepEqual(result.signers[0]?.signingTime, late);
});

function isInstalled(tool: string, t: TestContext): boolean {
  if (spawnSync(tool, ['version'], { encoding: 'utf8' }).error === undefined) return true;
  t.skip(`${tool} is not installed`);
  return false;
}

function runOpenssl(folder: string): { status: number | null; stdout: string; stderr: string } {
  const files = ['-in', 'signature.der', '-content', 'content.bin', '-CAfile', 'root.pem', '-out', 'out.bin'];
  return spawnSync('openssl', ['cms', '-verify', '-binary', '-inform', 'DER', '-purpose', 'any', '-cades', ...files], {
    cwd: folder,
    encoding: 'utf8',
  });
}

function runCerttool(folder: string): { status: number | null; stdout: string; stderr: string } {
  const files = ['--infile', 'signature.der', '--load-data', 'content.bin', '--load-ca-certificate', 'root.pem'];
  return spawnSync('certtool', ['--p7-verify', '--inder', ...files], { cwd: folder, encoding: 'utf8' });
}

function withFolder(work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-cms-'));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
