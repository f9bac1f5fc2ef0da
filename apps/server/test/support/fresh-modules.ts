import { vi } from 'vitest';

/*
 * A worker runs many test files, and keeps the packages that it imported. Our own modules are imported anew for each
 * file: ids go up from the last one made, whichever clock it was made by.
 */
vi.resetModules();
