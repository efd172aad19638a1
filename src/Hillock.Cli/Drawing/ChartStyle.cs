namespace Hillock.Cli.Drawing;

/// <summary>The colours and lines of all drawings, light and dark by what the reader's system prefers.</summary>
internal static class ChartStyle
{
    /// <summary>How many colours tell curves apart.</summary>
    public const int SeriesColours = 8;

    /// <summary>The colours as custom properties of the page.</summary>
    public const string Colours =
        """
        :root {
          color-scheme: light dark;
          --surface: #ffffff; --panel: #f7f8fa; --ink: #1b2430; --muted: #5d6878; --faint: #a9b2bf; --grid: #e6e9ee; --accent: #1f6feb; --good: #12805c;
          --bad: #c4320a; --tint: 31, 111, 235;
          --c0: #1f6feb; --c1: #d4540a; --c2: #12805c; --c3: #8b3fd9; --c4: #c2255c; --c5: #087f9c; --c6: #946200; --c7: #5d6878;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --surface: #0f141b; --panel: #171d26; --ink: #e6eaf0; --muted: #9aa6b5; --faint: #5c6878; --grid: #28303b; --accent: #6cb0ff; --good: #4fd0a0;
            --bad: #ff8f66; --tint: 108, 176, 255;
            --c0: #6cb0ff; --c1: #ff9d57; --c2: #4fd0a0; --c3: #c39bff; --c4: #ff85ad; --c5: #56d1e6; --c6: #e8bf4d; --c7: #9aa6b5;
          }
        }

        """;

    /// <summary>What a drawing's classes look like.</summary>
    public const string Classes =
        """
        .chart { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; font-size: 12px; max-width: 100%; height: auto; }
        .chart text { fill: var(--ink); font-variant-numeric: tabular-nums; }
        .chart text.muted { fill: var(--muted); } .chart text.small { font-size: 11px; } .chart text.strong { font-weight: 600; }
        .chart text.accent { fill: var(--accent); font-weight: 600; } .chart text.bad { fill: var(--bad); } .chart text.heading { font-size: 15px; font-weight: 600; }
        .surface { fill: var(--surface); } .panel { fill: var(--panel); }
        .grid { stroke: var(--grid); stroke-width: 1; } .zero { stroke: var(--faint); stroke-width: 1; } .rule { stroke: var(--accent); stroke-width: 1; stroke-dasharray: 2 3; }
        .whisker { stroke: var(--muted); stroke-width: 2; stroke-linecap: round; } .whisker.chosen { stroke: var(--accent); stroke-width: 2.5; }
        .dot { fill: var(--ink); } .dot.chosen { fill: var(--accent); } .dot.fold { fill: var(--muted); opacity: .38; }
        .bar { fill: var(--accent); opacity: .85; } .bar.shade1 { opacity: .62; } .bar.shade2 { opacity: .45; } .bar.shade3 { opacity: .32; } .track { fill: var(--grid); opacity: .6; }
        .heat { fill: rgb(var(--tint)); } .right { fill: var(--good); } .wrong { fill: var(--bad); }
        .unit { fill: rgb(var(--tint)); stroke: var(--grid); stroke-width: .5; } .unit.dead { fill: none; stroke: var(--bad); stroke-width: 1.2; }
        .ridge { fill: var(--panel); fill-opacity: .82; stroke: var(--accent); stroke-width: 1.2; stroke-linejoin: round; }
        .area { stroke: none; } .area.s0 { fill: var(--c0); } .area.s1 { fill: var(--c1); } .area.s2 { fill: var(--c2); } .area.s3 { fill: var(--c3); }
        .area.s4 { fill: var(--c4); } .area.s5 { fill: var(--c5); } .area.s6 { fill: var(--c6); } .area.s7 { fill: var(--c7); }
        .curve { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; stroke: var(--accent); }
        .curve.slope { stroke-dasharray: 5 4; stroke-width: 1.6; stroke-linecap: butt; } .curve.other { stroke: var(--faint); stroke-width: 1; opacity: .45; }
        .curve.s0 { stroke: var(--c0); } .curve.s1 { stroke: var(--c1); } .curve.s2 { stroke: var(--c2); } .curve.s3 { stroke: var(--c3); }
        .curve.s4 { stroke: var(--c4); } .curve.s5 { stroke: var(--c5); } .curve.s6 { stroke: var(--c6); } .curve.s7 { stroke: var(--c7); }

        """;

    /// <summary>Both, for a drawing that stands alone.</summary>
    public const string Standalone = Colours + Classes;
}
