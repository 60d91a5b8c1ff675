/** The responses of `/api/tracking/metrics` and `/api/tracking/heatmap`. Dates are `YYYY-MM-DD`. */

export interface AttendanceFigures {
  totalSlots: number;
  completed: number;
  sold: number | null;
  noShows: number;
  ghosts: number;
  cancelled: number;
  rescheduled: number;
  pending: number;
  showRate: number | null;
  netShowRate: number | null;
  successRate: number | null;
  noShowRate: number | null;
}

export interface Attendance {
  timezone: string;
  from: string;
  to: string;
  days: { days: number; read: number; final: number; unread: string[] };
  total: AttendanceFigures;
  trend: Partial<Record<keyof AttendanceFigures, number | null>>;
  groups: (AttendanceFigures & { group: string })[];
}

export interface HeatCell {
  weekday: number;
  hour: number;
  total: number;
  completed: number;
  noShows: number;
  showRate: number | null;
}

export interface HeatMap {
  timezone: string;
  cells: HeatCell[];
}
