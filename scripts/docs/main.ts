import { writeFileSync } from 'node:fs';
import { configurationReference } from './configuration-reference.ts';

writeFileSync('docs/configuration.md', configurationReference());
