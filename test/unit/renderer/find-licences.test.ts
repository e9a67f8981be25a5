import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findLicences } from '../../../renderer/features/about/find-licences.ts';

test('a licence is found by the package, by its kind and by words of its text, all of them', () => {
  const licences = [
    { name: 'pdfkit', licence: 'MIT', text: 'Permission is hereby granted' },
    { name: 'usb', licence: 'MIT', text: '' },
    { name: '@fontsource/ibm-plex-sans', licence: 'OFL-1.1', text: 'SIL OPEN FONT LICENSE' },
  ];
  const names = (typed: string) => findLicences(licences, typed).map(({ name }) => name);
  assert.deepEqual(names(''), ['pdfkit', 'usb', '@fontsource/ibm-plex-sans']);
  assert.deepEqual(names(' mit '), ['pdfkit', 'usb']);
  assert.deepEqual(names('MIT hereby'), ['pdfkit']);
  assert.deepEqual(names('open font'), ['@fontsource/ibm-plex-sans']);
  assert.deepEqual(names('nothing like it'), []);
});
