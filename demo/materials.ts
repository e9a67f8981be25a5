import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildImage, type ImageRecipe } from '../simulator/image-builder.ts';

const pki = fileURLToPath(new URL('../resources/demo/', import.meta.url));
/** A file of the demo's PKI. */
export const readPki = (name: string): Buffer => readFileSync(join(pki, name));

/** The demo's root of trust, as its owner would hand it over. */
export const demoRootPem = readPki('vendor-root.crt').toString('utf8');
export const demoImageKeyPem = readPki('image.pub.pem').toString('utf8');

const imageKey = createPrivateKey(readPki('image.key'));
export const imageKeySpki = createPublicKey(imageKey).export({ format: 'der', type: 'spki' });

export const demoProduct = { id: 'drydock.virtual-unit', name: 'Drydock virtual infusion pump' };

/** Large enough that there is something to watch. */
const IMAGE_BYTES = 240 * 1024;

export const healthyTests = [
  { name: 'flash', passes: true, detail: 'image hash matches' },
  { name: 'pump-motor', passes: true, detail: '20 % duty: 412 rpm' },
  { name: 'air-detector', passes: true, detail: 'clear 1.91 V, bubble 0.22 V' },
  { name: 'battery', passes: true, detail: '12.4 V under load' },
];
export const sickTests = healthyTests.map((test) =>
  test.name === 'pump-motor' ? { ...test, passes: false, detail: 'stalled at 20 % duty' } : test,
);

/** A signed image of a virtual unit's firmware. */
export function demoImage(
  securityCounter: number,
  release: string,
  selfTests = healthyTests,
  hardware = 'vu-a',
): Buffer {
  const description: ImageRecipe['description'] = { hardware: [hardware], selfTests, selfTestMs: 1500 };
  return buildImage({
    version: `${release}+0`,
    securityCounter,
    description,
    bodyBytes: IMAGE_BYTES,
    signingKey: imageKey,
  });
}
