#!/usr/bin/env node
/** `npm run lint:kubernetes`: each manifest against the schemas of Kubernetes, which the linter carries. Needs Python 3.10 or later. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { pythonTool } from './python-tool.mjs';

/** Checked 2026-11-25: carries the schemas up to 1.37. */
const VERSION = '1.37.0';
/** The oldest and the newest Kubernetes that the manifests are held against. */
const KUBERNETES = ['1.31', '1.37'];

const folder = join(root, 'kubernetes');
// Kustomize's own file is of no schema of Kubernetes.
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml')
  .map((name) => join(folder, name));
const program = pythonTool('kubernetes-validate', VERSION);
for (const version of KUBERNETES) {
  const { status } = spawnSync(program, ['--strict', '-k', version, ...files], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
