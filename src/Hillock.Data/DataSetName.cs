namespace Hillock.Data;

/// <summary>A data set that can be opened by name.</summary>
/// <param name="Name">The name, such as <c>digits</c> or <c>mnist</c>.</param>
/// <param name="Description">What it is, in one line.</param>
public sealed record DataSetName(string Name, string Description);
