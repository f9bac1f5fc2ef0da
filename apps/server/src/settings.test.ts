import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from './settings.ts';

describe('readSettings', () => {
  it('needs nothing to be set: embedded database, loopback', () => {
    expect(readSettings({ DATA_DIR: '/var/lib/rollcall' })).toEqual({
      databaseUrl: 'sqlite:/var/lib/rollcall/rollcall.db',
      dataDir: '/var/lib/rollcall',
      publicUrl: 'http://127.0.0.1:4280',
      host: '127.0.0.1',
      port: 4280,
      productName: 'Insomnia',
      trustedProxies: [],
      logLevel: 'info',
      smtp: null,
      dnsServers: [],
      signUp: false,
      secretKey: null,
      privateHosts: [],
      scimRateLimit: 500,
    });
  });

  it('reads where mail leaves, with TLS wherever it leaves the machine', () => {
    const read = (SMTP_URL: string) =>
      readSettings({ SMTP_URL, MAIL_FROM: 'Rollcall <rollcall@example.com>' }).smtp;
    expect(read('smtp://rollcall%40example.com:p%2Fw@mail.example.com')).toEqual({
      host: 'mail.example.com',
      port: 587,
      secure: false,
      requireTls: true,
      user: 'rollcall@example.com',
      password: 'p/w',
      from: 'Rollcall <rollcall@example.com>',
    });
    expect(read('smtps://mail.example.com')).toMatchObject({ port: 465, secure: true });
    expect(read('smtp://[::1]:2525')).toMatchObject({ host: '::1', port: 2525, requireTls: false });
  });

  it('reads resolvers with and without a port, and whether people may sign up', () => {
    expect(
      readSettings({ DNS_SERVERS: '10.0.0.53, 127.0.0.1:5353,[::1]:53', SIGN_UP: 'on' }),
    ).toMatchObject({ dnsServers: ['10.0.0.53', '127.0.0.1:5353', '[::1]:53'], signUp: true });
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
    'postgres://rollcall:p%40ss%25@db:5432/rollcall?sslmode=require',
    'postgres:///rollcall?host=/run/postgresql',
    'postgres://rollcall@/rollcall?host=/run/postgresql',
    'postgresql://rollcall@%2Frun%2Fpostgresql/rollcall',
    'sqlite:100%.db',
  ])('takes %s, for which no folder is made', (DATABASE_URL) => {
    const settings = readSettings({ DATABASE_URL, DATA_DIR: 'unused' });
    expect(settings.databaseUrl).toBe(DATABASE_URL);
    expect(settings).not.toHaveProperty('dataDir');
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
    [{ DATABASE_URL: 'postgres://u:sekret%zz@h/x' }, 'DATABASE_URL must be a URL, with special'],
    [{ DATABASE_URL: 'postgres://u:sekret%ff@h/x' }, '%25 for %'],
    [{ DATABASE_URL: 'postgres://u:a/b@h/x' }, '%2F for /'],
    [{ TRUSTED_PROXIES: '10.0.0.0/33' }, 'TRUSTED_PROXIES must be addresses or networks'],
    [{ TRUSTED_PROXIES: 'proxy.example.com' }, 'TRUSTED_PROXIES must be addresses or networks'],
    [{ SMTP_URL: 'mail.example.com' }, 'SMTP_URL must be smtp://'],
    [{ SMTP_URL: 'smtp://mail.example.com/path' }, 'SMTP_URL must be smtp://'],
    [{ SMTP_URL: 'smtp://mail.example.com' }, 'MAIL_FROM must be set where SMTP_URL is'],
    [
      { SMTP_URL: 'smtp://mail.example.com', MAIL_FROM: 'a@b.example, c@d.example' },
      'MAIL_FROM must be an address',
    ],
    [{ DNS_SERVERS: 'resolver.example.com' }, 'DNS_SERVERS must be one to three addresses'],
    [{ DNS_SERVERS: '10.0.0.53:70000' }, 'DNS_SERVERS must be one to three addresses'],
    [{ SIGN_UP: 'yes' }, 'SIGN_UP must be on or off'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of fatal, error'],
  ])('refuses %o in one line that says what to write', (environment, message) => {
    const read = () => readSettings(environment);
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(message);
    expect(read).not.toThrow('\n');
  });

  it('never repeats a value: it may hold a password', () => {
    expect(() => readSettings({ DATABASE_URL: 'mysql://root:hunter2@db' })).not.toThrow('hunter2');
    const secret = { DATABASE_URL: 'postgres://root:hunter2%zz@db/x' };
    expect(() => readSettings(secret)).not.toThrow('hunter2');
    expect(() => readSettings({ SMTP_URL: 'http://root:hunter2@mail' })).not.toThrow('hunter2');
  });
});
