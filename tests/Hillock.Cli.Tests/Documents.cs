using System.Text.Json.Nodes;

namespace Hillock.Cli.Tests;

/// <summary>Compares documents of two runs, which must be the same but for times.</summary>
internal static class Documents
{
    private static readonly string[] Times = ["seconds", "seconds_per_epoch"];

    public static string WithoutTimes(string json)
    {
        JsonNode root = JsonNode.Parse(json)!;
        Remove(root);
        return root.ToJsonString();
    }

    private static void Remove(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject item:
                foreach (string time in Times)
                {
                    item.Remove(time);
                }

                foreach (KeyValuePair<string, JsonNode?> property in item)
                {
                    Remove(property.Value);
                }

                break;
            case JsonArray list:
                foreach (JsonNode? element in list)
                {
                    Remove(element);
                }

                break;
        }
    }
}
