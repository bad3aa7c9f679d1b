using MudBlazor;

namespace PeerWeb.Shell;

/// <summary>The colours and type of <c>wwwroot-assets/css/app.css</c>, for MudBlazor's components. Text on its ground has a contrast of 4.5 or more.</summary>
internal static class PeerWebTheme
{
    public static readonly MudTheme Instance = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b6e68",
            PrimaryContrastText = "#ffffff",
            Secondary = "#4a5a6a",
            Tertiary = "#7a4fb0",
            Info = "#1d62a8",
            Success = "#0a6b41",
            Warning = "#8a5200",
            Error = "#b3261e",
            TextPrimary = "#17212b",
            TextSecondary = "#52606d",
            Background = "#f4f6f8",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#17212b",
            DrawerBackground = "#f4f6f8",
            DrawerText = "#17212b",
            DrawerIcon = "#52606d",
            ActionDefault = "#52606d",
            LinesDefault = "#d8dee4",
            LinesInputs = "#8492a0",
            TableLines = "#d8dee4",
            Divider = "#d8dee4",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#4fd1c5",
            PrimaryContrastText = "#06201e",
            Secondary = "#a9b7c4",
            Tertiary = "#c9a8f2",
            Info = "#7cb8f5",
            Success = "#5bd197",
            Warning = "#f2b84b",
            Error = "#ff8a80",
            ErrorContrastText = "#2b0705",
            SuccessContrastText = "#04200f",
            WarningContrastText = "#261800",
            InfoContrastText = "#04182b",
            TextPrimary = "#e6ebf0",
            TextSecondary = "#a3b0bd",
            Background = "#10151a",
            Surface = "#181f26",
            AppbarBackground = "#181f26",
            AppbarText = "#e6ebf0",
            DrawerBackground = "#10151a",
            DrawerText = "#e6ebf0",
            DrawerIcon = "#a3b0bd",
            ActionDefault = "#a3b0bd",
            LinesDefault = "#2c3641",
            LinesInputs = "#697785",
            TableLines = "#2c3641",
            Divider = "#2c3641",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography
            {
                FontFamily = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Noto Sans", "Liberation Sans", "Arial", "sans-serif"],
                FontSize = "0.875rem",
                LineHeight = "1.45",
                LetterSpacing = "normal",
            },
            Button = new ButtonTypography { TextTransform = "none", FontWeight = "600", LetterSpacing = "normal" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", AppbarHeight = "64px", DrawerWidthLeft = "196px" },
    };
}
