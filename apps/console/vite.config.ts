import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { contract } from './src/api/contract-plugin.ts';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ command }) => {
  // A build is for people, whoever starts it: under a test runner NODE_ENV would bring React's slow and large half.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return {
    plugins: [react(), tailwindcss(), contract()],
    resolve: {
      alias: {
        // Radix locks scrolling through this package, which writes <style> elements. Our policy is
        // `style-src 'self'`, so it is replaced by an adopted style sheet.
        'react-style-singleton': file('./src/platform/style-singleton.ts'),
      },
    },
    build: {
      outDir: file('./dist'),
      emptyOutDir: true,
      // Nothing may become a `data:` address: the policy allows images and fonts from 'self' only.
      assetsInlineLimit: 0,
      target: 'es2023',
      reportCompressedSize: true,
    },
  };
});
