import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from './settings.ts';

describe('readSettings', () => {
  it('needs nothing to be set: embedded database, loopback', () => {
    expect(readSettings({ DATA_DIR: '/var/lib/rollcall' })).toEqual({
      databaseUrl: 'sqlite:/var/lib/rollcall/rollcall.db',
      publicUrl: 'http://127.0.0.1:4280',
      host: '127.0.0.1',
      port: 4280,
      productName: 'Insomnia',
      trustedProxies: [],
      logLevel: 'info',
    });
  });

  it('takes what is set, and an empty variable as unset', () => {
    const settings = readSettings({
      DATABASE_URL: 'postgres://rollcall@db/rollcall',
      PUBLIC_URL: 'https://rollcall.example.com/',
      HOST: '0.0.0.0',
      PORT: '8080',
      PRODUCT_NAME: '',
      TRUSTED_PROXIES: '10.0.0.0/8, ::1',
    });
    expect(settings).toMatchObject({
      databaseUrl: 'postgres://rollcall@db/rollcall',
      publicUrl: 'https://rollcall.example.com',
      port: 8080,
      productName: 'Insomnia',
      trustedProxies: ['10.0.0.0/8', '::1'],
    });
  });

  it.each([
    [{ PORT: 'eighty' }, 'PORT must be a number from 0 to 65535'],
    [{ PORT: '65536' }, 'PORT must be a number from 0 to 65535'],
    [{ PORT: '0' }, 'PUBLIC_URL must be set where PORT is 0'],
    [{ HOST: '0.0.0.0' }, 'PUBLIC_URL must be set where HOST is not loopback'],
    [{ PUBLIC_URL: 'http://rollcall.example.com' }, 'PUBLIC_URL must begin with https://'],
    [{ PUBLIC_URL: 'https://example.com/rollcall' }, 'PUBLIC_URL must be an origin'],
    [{ PUBLIC_URL: 'example.com' }, 'PUBLIC_URL must be an origin'],
    [
      { DATABASE_URL: 'mysql://root:hunter2@db' },
      'DATABASE_URL must be sqlite:path or postgres://',
    ],
    [{ TRUSTED_PROXIES: '10.0.0.0/33' }, 'TRUSTED_PROXIES must be addresses or networks'],
    [{ TRUSTED_PROXIES: 'proxy.example.com' }, 'TRUSTED_PROXIES must be addresses or networks'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of fatal, error'],
  ])('refuses %o in one line that says what to write', (environment, message) => {
    const read = () => readSettings(environment);
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(message);
    expect(read).not.toThrow('\n');
  });

  it('never repeats a value: it may hold a password', () => {
    expect(() => readSettings({ DATABASE_URL: 'mysql://root:hunter2@db' })).not.toThrow('hunter2');
  });
});
