import { chromiumPath } from './find-chromium.ts';

// Unpacks the packaged Chromium once, before test files run side by side and would each unpack it.
console.log(await chromiumPath());
