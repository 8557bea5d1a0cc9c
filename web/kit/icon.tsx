const paths = {
  add: 'M12 5v14M5 12h14',
  arrowBack: 'M19 12H5M11 6l-6 6 6 6',
  arrowDown: 'M12 5v14M6 13l6 6 6-6',
  arrowRight: 'M5 12h14M13 6l6 6-6 6',
  arrowUp: 'M12 19V5M6 11l6-6 6 6',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l1.500 2h-15zM10 21.500h4',
  board: 'M4 5h4v14H4zM10 5h4v9h-4zM16 5h4v12h-4z',
  building: 'M5 20V5a1 1 0 0 1 1-1h8a1 1 0 0 1 1 1v15M15 9h3a1 1 0 0 1 1 1v10M3 20h18M8.500 8h3M8.500 12h3M8.500 16h3',
  calendar: 'M4 6h16v14H4zM4 10h16M8.500 3.500v4M15.500 3.500v4',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  columns: 'M4 5h16v14H4zM9.500 5v14M14.500 5v14',
  bookmark: 'M7 4h10v16l-5-3.500L7 20z',
  pin: 'M9 4h6l-1 6 3 3H7l3-3zM12 13v7',
  arrowLeft: 'M19 12H5M11 6l-6 6 6 6',
  chart: 'M4 20h16M6 20v-7M11 20V5M16 20v-10',
  chevronDown: 'M6 9.500l6 6 6-6',
  chevronLeft: 'M14.500 6l-6 6 6 6',
  chevronRight: 'M9.500 6l6 6-6 6',
  clock: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 7.500V12l3 2',
  done: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM8.300 12.300l2.600 2.600 4.800-5.300',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  flag: 'M6 21V4h11l-2 4 2 4H6',
  group: 'M4 5h16M4 12h16M4 19h16M8 8.500h9M8 15.500h9',
  home: 'M4 11l8-7 8 7M6 9.500V20h4.500v-6h3v6H18V9.500',
  close: 'M6 6l12 12M18 6L6 18',
  dark: 'M20 14.500A8 8 0 0 1 9.500 4a8 8 0 1 0 10.500 10.500z',
  filter: 'M4 6h16M7 12h10M10 18h4',
  keyboard: 'M3 7h18v10H3zM7 10.500h.01M11 10.500h.01M15 10.500h.01M18 10.500h.01M8 14h8',
  light:
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400',
  link: 'M10 14a4 4 0 0 0 5.700 0l3-3a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1',
  logout: 'M10 5H5v14h5M14 8l4 4-4 4M18 12H9',
  mail: 'M3.500 6h17v12h-17zM4 7l8 6 8-6',
  menu: 'M4 7h16M4 12h16M4 17h16',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  people:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20a6.500 6.500 0 0 1 13 0M16 4.300a3.500 3.500 0 0 1 0 6.400M18 14.300a6.500 6.500 0 0 1 3.500 5.700',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  key: 'M8 11a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9zM11.500 12.500L20 4M16 8l3 3M13.500 10.500l2 2',
  person: 'M12 11.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500a7.500 7.500 0 0 1 15 0',
  note: 'M5 4h14v11l-5 5H5zM14 20v-5h5M8.500 9h7M8.500 12.500h4',
  task: 'M5 5h14v14H5zM8.500 12l2.500 2.500 4.500-5',
  phone:
    'M6 3.500h3l1.500 4.500-2 1.500a11 11 0 0 0 6 6l1.500-2 4.500 1.500v3a2 2 0 0 1-2.200 2A16.500 16.500 0 0 1 4 5.700 2 2 0 0 1 6 3.500z',
  mobile: 'M7.500 3h9v18h-9zM11 18h2',
  merge: 'M6 4v4a4 4 0 0 0 4 4h8M6 20v-4a4 4 0 0 1 4-4M14 8l4 4-4 4',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4.500 4.500',
  shield: 'M12 3l7.500 3v5.500c0 4.500-3 7.800-7.500 9.500-4.500-1.700-7.500-5-7.500-9.500V6z',
  system: 'M3 5h18v11H3zM9 20h6M12 16v4',
  trash: 'M5 7h14M10 4h4M7 7l1 13h8l1-13M10.500 11v5M13.500 11v5',
  undo: 'M4 9h10a5.500 5.500 0 0 1 0 11H8M8 5L4 9l4 4',
  upload: 'M12 16V5M7 9.500l5-5 5 5M5 20h14',
  table: 'M4 5h16v14H4zM4 10h16M4 14.500h16M10 10v9',
  back: 'M14.500 6l-6 6 6 6',
  eye: 'M2.500 12s3.500-6.500 9.500-6.500 9.500 6.500 9.500 6.500-3.500 6.500-9.500 6.500S2.500 12 2.500 12zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z',
  field: 'M4 5h16v5H4zM4 14h16v5H4zM7 7.500h4M7 16.500h6',
  grip: 'M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01',
  history: 'M4 12a8 8 0 1 0 2.500-5.800M4 4v4h4M12 8v4.500l3 2',
  plug: 'M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.500v5M9 14.500v5',
  tag: 'M4 4h7l9 9-7 7-9-9zM8 8h.01',
  warning: 'M12 4l9 16H3zM12 10v4M12 17h.01',
} as const;

export type IconName = keyof typeof paths;

/** Decorative: what it stands next to, or its button's label, says the same in words. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={['more', 'keyboard', 'grip'].includes(name) ? 2.2 : 1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  );
}
