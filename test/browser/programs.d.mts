export function find(name: 'chromium' | 'libreoffice'): string | undefined;
