import { defineConfig } from 'vite';

/** The whole page hangs on this word: api/console.ts puts a fresh nonce in its place with every answer. */
const NONCE = '__CSP_NONCE__';

export default defineConfig({
  html: { cspNonce: NONCE },
  build: {
    outDir: 'dist',
    assetsInlineLimit: 0,
    emptyOutDir: true,
    // Measured by what travels, which is compressed.
    chunkSizeWarningLimit: 1_500,
    target: 'es2022',
    rolldownOptions: {
      // "use client" is for servers that render; there is none here.
      onwarn: (warning, warn) => {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
});
